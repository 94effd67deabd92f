#!/bin/sh
# One back-up of the site: backup.sh FOLDER. The database first and the pictures second: a picture without a row is
# harmless, a row without a picture is not. Needs DATABASE_URL and VAR_DIR (or MEDIA_ROOT), as the site has them.
set -eu
folder=${1:?usage: backup.sh FOLDER}
keep=${KEEP_DAYS:-14}
media=${MEDIA_ROOT:-$VAR_DIR/media}
now=$(date -u +%Y%m%dT%H%M%SZ)
new=$folder/.$now

# pg_dump must not be older than the server: Debian's own fits Debian's own server.
mkdir -p "$new" "$media"
"${PG_DUMP:-pg_dump}" --format=custom --file="$new/werkplaats.dump" "$DATABASE_URL"
tar -C "$media" -czf "$new/media.tar.gz" .
# Only a whole back-up gets its name.
mv "$new" "$folder/$now"
# Old ones go, and what was left half made; nothing else that lies there.
find "$folder" -mindepth 1 -maxdepth 1 -type d -name '*20[0-9][0-9][0-1][0-9][0-3][0-9]T[0-9][0-9][0-9][0-9][0-9][0-9]Z' \
    -mtime "+$keep" -exec rm -r {} +
echo "$folder/$now"
