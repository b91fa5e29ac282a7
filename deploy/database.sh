#!/bin/sh
# Run once by PostgreSQL's image: a role for the service that owns its database and is no superuser, and the database.
psql --set ON_ERROR_STOP=1 --set password="$(cat "${DATABASE_PASSWORD_FILE:-/run/secrets/database_password}")" --username postgres <<'SQL'
CREATE ROLE tracker LOGIN PASSWORD :'password';
CREATE DATABASE tracker OWNER tracker;
SQL
