#!/bin/sh
# Builds tracker/static/dist from tracker/static/src and GOV.UK Frontend. The result is committed, so that running the
# product needs no Node: run this only after changing the look, then commit what it wrote.
set -eu
cd "$(dirname "$0")/.."
[ -d node_modules/govuk-frontend ] || npm ci --ignore-scripts --no-audit --no-fund
dist=tracker/static/dist
mkdir -p "$dist"
# Warnings inside GOV.UK Frontend are not ours to mend.
node_modules/.bin/sass --load-path=node_modules --style=compressed --no-charset --no-source-map --quiet-deps \
    tracker/static/src/tracker.scss "$dist/tracker.css"
# Its source map is not shipped, so the comment that names it goes.
sed "s,//# sourceMappingURL=.*,," node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js > "$dist/govuk-frontend.min.js"
cp tracker/static/src/*.js tracker/static/src/favicon.svg tracker/static/src/govuk-frontend-LICENCE.txt "$dist/"
