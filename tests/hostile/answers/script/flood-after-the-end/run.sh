setsid yes backendlings-attack &
echo 0
