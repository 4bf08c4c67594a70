cd "$HOME"
for _ in {1..400}; do
  mkdir deeper-and-deeper
  cd deeper-and-deeper
done
echo 0
