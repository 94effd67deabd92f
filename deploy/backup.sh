#!/bin/sh
# One back-up of the site: backup.sh FOLDER. The database first and the pictures second: a picture without a row is
# harmless, a row without a picture is not. Needs DATABASE_URL and VAR_DIR (or MEDIA_ROOT), as the site has them.
set -eu
folder=${1:?usage: backup.sh FOLDER}
keep=${KEEP_DAYS:-14}
media=${MEDIA_ROOT:-$VAR_DIR/media}
now=$(date -u +%Y%m%dT%H%M%SZ)
new=$folder/.$now
# shellcheck source=SCRIPTDIR/database.sh
. "$(dirname "$0")/database.sh"

# What was left half made goes, also when it is told to stop.
trap 'rm -rf "$new"' EXIT
trap 'exit 1' HUP INT TERM
mkdir -p "$new"
# pg_dump must not be older than the server: Debian's own fits Debian's own server. Files with all that was said live a
# day at most, and go when something is erased: in no back-up, where they would stay.
"${PG_DUMP:-pg_dump}" --format=custom --exclude-table-data='plan_export*' --file="$new/werkplaats.dump" \
    --dbname="$database"
# Not made here when it is missing: this script's umask would keep nginx out.
if [ -d "$media" ]; then
    # 1: somebody uploaded meanwhile. What came after the database was read has no row in it.
    tar -C "$media" -czf "$new/media.tar.gz" . || [ $? -eq 1 ]
else
    tar -czf "$new/media.tar.gz" --files-from=/dev/null
fi
# Only a whole back-up gets its name.
mv "$new" "$folder/$now"
# Old ones go, and what a power cut left half made; nothing else that lies there.
name='20[0-9][0-9][0-1][0-9][0-3][0-9]T[0-9][0-9][0-9][0-9][0-9][0-9]Z'
find "$folder" -mindepth 1 -maxdepth 1 -type d \
    \( -name "$name" -mtime "+$keep" -o -name ".$name" -mtime +0 \) -exec rm -r {} +
echo "$folder/$now"
