cd repo
for file in discount.py test_discount.py README.md; do
  git add $file
  git commit --quiet -m "Change $file"
done
