# asyncport in Kakoune: source this from kakrc.
# :asyncport-translate opens the translation of what is selected, with what the buffer says about it (of the whole
# buffer where one character is selected); :lint shows what `asyncport check` finds.
# Example: map global user t ':asyncport-translate<ret>'

declare-option -docstring 'the program' str asyncport_program asyncport

define-command asyncport-translate -docstring 'translate the selection, or the buffer' %{
    evaluate-commands %sh{
        folder=$(mktemp -d "${TMPDIR:-/tmp}/asyncport.XXXXXX")
        printf 'write -force %s/source\n' "$folder"
        printf 'asyncport-show %s %s\n' "$folder" "$kak_selection_desc"
    }
}

define-command -hidden asyncport-show -params 2 %{
    evaluate-commands %sh{
        from=js to=python
        [ "$kak_opt_filetype" = python ] && from=py to=javascript
        # line.column,line.column, in any order, both ends within the selection
        range=$(printf '%s\n' "$2" | tr '.,' '  ' | awk '{
            if ($1 == $3 && $2 == $4) exit
            print "--range " ($1 < $3 ? $1 "-" $3 : $3 "-" $1) }')
        "$kak_opt_asyncport_program" - --from "$from" --stdin-filepath "$kak_buffile" $range \
            < "$1/source" > "$1/result" 2> "$1/errors"
        if [ $? -gt 1 ]; then
            printf "fail '%s'\n" "$(head -n 1 "$1/errors" | sed "s/'/''/g")"
            rm -r "$1"
        else
            printf 'edit! -scratch *asyncport*\n'
            printf "execute-keys '%%|cat %s/result<ret>gg'\n" "$1"
            printf 'set-option buffer filetype %s\n' "$to"
            printf "nop %%sh{ rm -r '%s' }\n" "$1"
        fi
    }
}

hook global WinSetOption filetype=(javascript|python) %{
    # One line for each finding: file:line:column: level: message [id]
    set-option window lintcmd "asyncport_lint() { %opt{asyncport_program} check --format concise --fail-on never - --stdin-filepath '%val{buffile}' < ""$1"" | sed ""s|^[^:]*:|$1:|""; } && asyncport_lint"
}
