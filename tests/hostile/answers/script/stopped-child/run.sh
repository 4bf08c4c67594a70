for _ in {1..5}; do
  setsid bash -c 'kill -STOP $$' backendlings-attack &
done
sleep 0.1
echo 0
