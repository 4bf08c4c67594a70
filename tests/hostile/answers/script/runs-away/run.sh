setsid bash away.sh backendlings-attack &
echo 0
