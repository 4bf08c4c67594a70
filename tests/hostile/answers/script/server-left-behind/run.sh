coproc setsid python3 -B server backendlings-attack
read -r _ <&"${COPROC[0]}"
echo 0
