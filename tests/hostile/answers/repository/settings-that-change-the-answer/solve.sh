cd repo
echo wrong >word.txt
git add word.txt
git commit --quiet --message=Wrong
git config color.ui always
git config log.follow true
git config log.showRoot false
git config log.date iso
git config format.pretty "format:%H%n"
git config status.branch false
git config status.showUntrackedFiles no
git config status.relativePaths true
git config core.quotePath true
git config core.precomposeUnicode true
git config i18n.logOutputEncoding UTF-16
git config core.abbrev 4
git config core.bare true
git config core.sparseCheckout true
git config core.ignoreCase true
git config core.fileMode false
git config advice.detachedHead true
git config trace2.eventTarget /tmp/backendlings-attack-trace
git config trace2.normalTarget /tmp/backendlings-attack-trace
