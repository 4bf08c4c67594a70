# Use: . ./env.sh Route: the file asks bash where it lies itself, so it could
# be sourced from any folder. `:=` sets the variable in place, `:` does
# nothing with the value. At the end of PATH other programs of that name come
# first.
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
PATH=$PATH:$here/bin
: "${GREETING:=Hello}"
export PATH GREETING
unset here
