#!/bin/sh
# Run once by the PostgreSQL image on an empty data folder: the application's role is no superuser, owns its database,
# and may create the roles of the tenants, one per community.
set -eu
: "${HAMAYNK_DATABASE_PASSWORD:?is not set}"

psql -v ON_ERROR_STOP=1 -v password="$HAMAYNK_DATABASE_PASSWORD" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
CREATE ROLE hamaynk LOGIN NOSUPERUSER CREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD :'password';
ALTER ROLE hamaynk SET createrole_self_grant = 'set, inherit';
CREATE DATABASE hamaynk OWNER hamaynk;
REVOKE CONNECT ON DATABASE hamaynk FROM PUBLIC;
SQL
