# A step of the deploy: looks at what build.sh made in the folder $1.
# To try things: TEST_STATUS=3 makes it fail.
grep -c h1 "${1:?a folder}/index.html" || exit 1
exit "${TEST_STATUS:-0}"
