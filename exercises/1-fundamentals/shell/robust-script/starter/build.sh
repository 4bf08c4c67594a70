# A step of the deploy: fills the folder $1. The checks use steps of their own.
# To try things: BUILD_STATUS=3 makes it fail, BUILD_SECONDS=5 makes it slow.
echo "one page"
echo "<h1>New</h1>" >"${1:?a folder}/index.html"
sleep "${BUILD_SECONDS:-0}"
exit "${BUILD_STATUS:-0}"
