#!/bin/sh
# Makes what compose.yaml needs beside it and keeps what is there: secrets/ and .env. `./init.sh films.example.org`
set -eu
cd "$(dirname "$0")"
host=${1:?Name the host of the site: ./init.sh films.example.org}

umask 077
mkdir -p secrets tls
secret() {
    [ -s "secrets/$1" ] || head -c 48 /dev/urandom | base64 | tr -d '=+/\n' >"secrets/$1"
}
secret_file() {
    [ -s "secrets/$1" ] || cat >"secrets/$1"
}

for name in secret_key edge_secret metrics_token postgres_password redis_password s3_access_key s3_secret_key; do
    secret "$name"
done
secret_file database_url <<END
postgres://lantern:$(cat secrets/postgres_password)@postgres:5432/lantern
END
secret_file redis_url <<END
redis://:$(cat secrets/redis_password)@redis:6379/0
END
secret_file broker_url <<END
redis://:$(cat secrets/redis_password)@redis:6379/1
END
secret_file email_url <<END
none:
END
secret_file redis.conf <<END
requirepass $(cat secrets/redis_password)
maxmemory 256mb
maxmemory-policy volatile-lru
save ""
appendonly no
END
secret_file s3.json <<END
{"identities": [{"name": "lantern", "actions": ["Admin", "Read", "Write", "List", "Tagging"],
  "credentials": [{"accessKey": "$(cat secrets/s3_access_key)", "secretKey": "$(cat secrets/s3_secret_key)"}]}]}
END
# Containers read them as users of their own; the folder keeps everybody else out.
chmod 444 secrets/*
[ -s .env ] || cat >.env <<END
# The site. compose.yaml says what else can stand here.
LANTERN_HOST=$host
END
echo "Made secrets/ and .env for $host. Put fullchain.pem and privkey.pem into tls/, then: docker compose up -d --build"
