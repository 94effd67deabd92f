# shellcheck shell=sh disable=SC2034
# For the scripts beside it: $database is DATABASE_URL without its password, as everybody on the machine can read the
# command line of a program; PGPASSWORD tells that to PostgreSQL's programs. libpq itself takes the URL apart.
part() {
    "$(dirname "$0")/../.venv/bin/python" -c '
import os
from psycopg.conninfo import conninfo_to_dict, make_conninfo
parts = conninfo_to_dict(os.environ["DATABASE_URL"])
password = parts.pop("password", "")
print('"$1"')'
}
database=$(part 'make_conninfo(**parts)')
PGPASSWORD=$(part password)
if [ -n "$PGPASSWORD" ]; then export PGPASSWORD; else unset PGPASSWORD; fi
