# asyncport in Kakoune: source this from kakrc.
# :asyncport-translate opens the translation of the buffer, or of the selection with what the buffer says about it;
# :lint shows what `asyncport check` finds. Example: map global user t ':asyncport-translate<ret>'

declare-option -docstring 'the program' str asyncport_program asyncport

define-command asyncport-translate -docstring 'translate the selection (one character: the whole buffer)' %{
    evaluate-commands -save-regs '|' %{
        evaluate-commands -draft %{
            set-register a %val{selection_desc}
            execute-keys '%'
            evaluate-commands %sh{
                from=js to=python
                [ "$kak_opt_filetype" = python ] && from=py to=javascript
                source=$(mktemp "${TMPDIR:-/tmp}/asyncport.XXXXXX")
                printf 'write -force %s\n' "$source"
                printf 'set-option global asyncport_job %%{%s %s %s}\n' "$from" "$to" "$source"
            }
        }
        asyncport-show %reg{a}
    }
}

declare-option -hidden str asyncport_job

define-command -hidden asyncport-show -params 1 %{
    evaluate-commands %sh{
        set -- "$1" $kak_opt_asyncport_job
        # line.column,line.column, both ends within the selection, in any order
        range=$(printf '%s\n' "$1" | tr '.,' '  ' | awk '{
            if ($1 > $3 || ($1 == $3 && $2 > $4)) { t = $1; $1 = $3; $3 = t }
            if ($1 != $3 || $2 != $4) print "--range " $1 "-" $3 }')
        result=$(mktemp "${TMPDIR:-/tmp}/asyncport.XXXXXX")
        errors=$(mktemp "${TMPDIR:-/tmp}/asyncport.XXXXXX")
        "$kak_opt_asyncport_program" - --from "$2" --stdin-filepath "$kak_buffile" $range \
            < "$4" > "$result" 2> "$errors"
        if [ $? -gt 1 ]; then
            printf 'fail %%{%s}\n' "$(head -n 1 "$errors")"
        else
            printf 'edit! -scratch *asyncport*\nexecute-keys "%%%%|cat %s<ret>gg"\nset-option buffer filetype %s\n' "$result" "$3"
            printf 'nop %%sh{ rm -f %s }\n' "$result"
        fi
        rm -f "$4" "$errors"
    }
}

hook global WinSetOption filetype=(javascript|python) %{
    # One line for each finding: file:line:column: level: message [id]
    set-option window lintcmd "run() { %opt{asyncport_program} check --format concise --fail-on never - --stdin-filepath ""$kak_buffile"" < ""$1"" | sed ""s|^[^:]*|$1|""; } && run"
}
