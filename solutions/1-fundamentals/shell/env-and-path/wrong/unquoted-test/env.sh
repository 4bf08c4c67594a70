export PATH="$PATH:$PWD/bin"
if [ -z $GREETING ]; then
    GREETING=Hello
fi
export GREETING
