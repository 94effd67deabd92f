#!/bin/sh
# Puts a back-up back: restore.sh FOLDER-OF-ONE-BACK-UP. Stop web and worker first: a restore under a running site loses
# a foreign key here and there, and answers errors meanwhile. What is in the database now is gone afterwards.
set -eu
from=${1:?usage: restore.sh FOLDER-OF-ONE-BACK-UP}
media=${MEDIA_ROOT:-$VAR_DIR/media}
if [ ! -s "$from/werkplaats.dump" ] || [ ! -s "$from/media.tar.gz" ]; then
    echo "there is no whole back-up in $from" >&2
    exit 1
fi
# Others on this database: the site still runs, or somebody looks at it.
others=$("${PSQL:-psql}" --no-psqlrc --tuples-only --no-align --dbname="$DATABASE_URL" --command="
    SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
if [ "$others" -gt 0 ]; then
    echo "$others others are connected: systemctl stop werkplaats-web werkplaats-worker" >&2
    exit 1
fi
"${PSQL:-psql}" --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --dbname="$DATABASE_URL" --command="
    DROP SCHEMA public CASCADE; CREATE SCHEMA public;"
"${PG_RESTORE:-pg_restore}" --exit-on-error --single-transaction --no-owner --dbname="$DATABASE_URL" \
    "$from/werkplaats.dump"
mkdir -p "$media"
find "$media" -mindepth 1 -delete
tar -C "$media" -xzf "$from/media.tar.gz"
echo "restored from $from: run manage.py migrate when the code is newer, then start web and worker"
