#!/bin/sh
# Becomes one role of Lantern: web, bytes, worker, helper, beat or migrate. `health` says whether that role is well,
# `manage …` is manage.py. Everything that may differ between two of a role is a setting (docs/settings.md).
set -eu
cd "$(dirname "$0")/.."

note=${TMPDIR:-/tmp}/lantern-role
role=${1:-web}
port=${WEB_PORT:-8000}

# Counters of the processes that were here before would be added to those of the ones that come.
fresh() {
    printf '%s\n' "$role" >"$note"
    if [ -n "${METRICS_FOLDER:-}" ]; then
        rm -rf "$METRICS_FOLDER"
    fi
}

# No gossip: workers have nothing to say to each other, the database says it all.
work() {
    fresh
    exec celery --quiet -A vod.celery worker --queues="$1" --hostname="$role@%h" --pool=prefork --concurrency="$2" \
        --loglevel=INFO --without-gossip --without-mingle
}

answers() {
    exec python -c 'import sys, urllib.request as u; u.urlopen(sys.argv[1], timeout=4)' "http://127.0.0.1:$1/healthz"
}

case $role in
web)
    fresh
    exec gunicorn --config deploy/gunicorn.conf.py vod.wsgi:application
    ;;
bytes)
    fresh
    exec gunicorn --config deploy/gunicorn.conf.py --worker-class vod.lib.serving.worker.Worker vod.asgi:application
    ;;
worker)
    work "${WORKER_LANES:-urgent,first,ladder,thumbnails,background}" "${WORKER_PROCESSES:-$(nproc)}"
    ;;
helper)
    work "${WORKER_LANES:-urgent,default}" "${WORKER_PROCESSES:-1}"
    ;;
beat)
    fresh
    exec celery --quiet -A vod.celery beat --loglevel=WARNING --pidfile=
    ;;
migrate)
    python manage.py migrate --noinput
    # For nginx, where it has a folder in common with this role.
    if [ -n "${STATIC_COPY:-}" ]; then
        cp -R build/static "$STATIC_COPY/"
    fi
    ;;
manage)
    shift
    exec python manage.py "$@"
    ;;
health)
    case $(cat "$note") in
    web | bytes) answers "$port" ;;
    worker | helper) if [ "${METRICS_PORT:-0}" != 0 ]; then answers "$METRICS_PORT"; fi ;;
    # It writes down what it sent, every three minutes at the latest.
    beat) find "$VOD_HOME" -maxdepth 1 -name 'beat*' -mmin -10 | grep -q . ;;
    esac
    ;;
*)
    echo "There is no role $role. Choose web, bytes, worker, helper, beat, migrate, manage or health." >&2
    exit 64
    ;;
esac
