#!/bin/sh
# What `make check` asks of the files here, with the tools that this machine has.
set -eu
cd "$(dirname "$0")"
try=$(mktemp -d)
trap 'rm -r "$try"' EXIT

if command -v shellcheck >/dev/null; then
    echo shellcheck
    shellcheck --external-sources ./*.sh
fi
if command -v systemd-analyze >/dev/null; then
    echo "systemd-analyze verify"
    # The site is not installed here: let the units point to this copy of it.
    for unit in ./*.service ./*.timer; do
        sed "s#/srv/werkplaats#$(cd .. && pwd)#g" "$unit" >"$try/$unit"
    done
    systemd-analyze verify "$try"/*.service "$try"/*.timer
fi
if command -v nginx >/dev/null && command -v openssl >/dev/null; then
    echo "nginx -t"
    openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=werkplaats.example \
        -keyout "$try/privkey.pem" -out "$try/fullchain.pem" 2>/dev/null
    sed -e "s#/etc/letsencrypt/live/werkplaats.example#$try#" -e "s#/var/log/nginx#$try#" nginx.conf >"$try/site"
    # As root even a test gives the folders of temporary files to the user of its configuration: this one's own are
    # tried, and not those of the nginx that serves here.
    cat >"$try/nginx.conf" <<CONF
user $(id -un) $(id -gn);
error_log stderr;
pid $try/pid;
events {}
http {
    access_log off;
    client_body_temp_path $try/body;
    proxy_temp_path $try/proxy;
    fastcgi_temp_path $try/fastcgi;
    uwsgi_temp_path $try/uwsgi;
    scgi_temp_path $try/scgi;
    include $try/site;
}
CONF
    nginx -q -t -c "$try/nginx.conf"
fi
