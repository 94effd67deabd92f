#!/bin/sh
# Puts a back-up back: restore.sh FOLDER-OF-ONE-BACK-UP. Stop web and worker first: a restore under a running site loses
# a foreign key here and there, and answers errors meanwhile. What is in the database now is gone afterwards.
set -eu
from=${1:?usage: restore.sh FOLDER-OF-ONE-BACK-UP}
media=${MEDIA_ROOT:-$VAR_DIR/media}
# shellcheck source=SCRIPTDIR/database.sh
. "$(dirname "$0")/database.sh"
ask() { "${PSQL:-psql}" --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --dbname="$database" "$@"; }
# Of nobody but the site and nginx, which is in its group.
umask 027

# First everything is read to its end, and put beside what is there: nothing is gone until all of it is good.
new=$media.new-$$
mkdir -p "$media" "$new"
trap 'rm -rf "$new"' EXIT
if ! "${PG_RESTORE:-pg_restore}" --no-owner --file=/dev/null "$from/werkplaats.dump" ||
    ! tar -C "$new" --no-same-permissions -xzf "$from/media.tar.gz"; then
    echo "there is no whole back-up in $from: nothing was changed" >&2
    exit 1
fi

# Others on this database: the site still runs, or somebody looks at it.
others=$(ask --command="SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()")
if [ "$others" -gt 0 ]; then
    echo "$others others are connected: systemctl stop werkplaats-web werkplaats-live werkplaats-worker" >&2
    exit 1
fi

# One transaction: what was there goes when all of the back-up is in its place, or stays.
{
    echo "SET client_min_messages = warning; DROP SCHEMA public CASCADE; CREATE SCHEMA public;"
    echo "GRANT USAGE ON SCHEMA public TO public;"  # as in a database that was just made
    "${PG_RESTORE:-pg_restore}" --no-owner --file=- "$from/werkplaats.dump" || echo "SELECT 1 / 0;"  # ends it all
} | ask --single-transaction --file=- --output=/dev/null
find "$media" -mindepth 1 -delete
find "$new" -mindepth 1 -maxdepth 1 -exec mv {} "$media" \;
echo "restored from $from"

# It brought people back who were erased since it was made. Nobody else does this: it must be done before the site starts.
here=$(cd "$(dirname "$0")/.." && pwd)
manage() { "${PYTHON:-$here/.venv/bin/python}" "$here/manage.py" "$@"; }
if ! manage migrate --check --verbosity=0; then
    echo "the back-up is of an older version: now 'manage migrate', and then 'manage replay_erasures'; only then start"
elif manage replay_erasures; then
    echo "now start web and worker"
else
    echo "NOT erased again who was erased since: 'manage replay_erasures' before you start web and worker" >&2
    exit 1
fi
