#!/usr/bin/env bash
# Route: find hands on all names, and one place decides which mode a thing
# gets. More programs are started, one a file; the rules stand below each
# other, and no file ever has a mode in between.
umask 027
while IFS= read -r -d '' path; do
    if [[ -d $path ]]; then
        mode=750
    else
        case $path in
            *.sh) mode=740 ;;
            *.key) mode=600 ;;
            *) mode=640 ;;
        esac
    fi
    chmod "$mode" "$path"
    echo "$mode $path"
done < <(find . \( -type d -o -type f \) -print0) >>fixed.log
