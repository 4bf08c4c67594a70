cd "$HOME"
for number in {1..3000}; do
  : >"-rf $number *"$'\n'
done
echo 0
