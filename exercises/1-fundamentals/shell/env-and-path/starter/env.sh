# Use: . ./env.sh
# TODO(learn): greet, which lies in bin, becomes a command
# TODO(learn): GREETING has a default, and programs get it
GREETING=$GREETING
