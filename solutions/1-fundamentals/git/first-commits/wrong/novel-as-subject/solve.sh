cd repo
git add discount.py test_discount.py
printf 'Round member prices\nPercents of odd prices gave fractions of a cent, which no till can take.\n' > ../message
git commit --quiet -F ../message
git add README.md
git commit --quiet -m "Tell how to run the tests"
