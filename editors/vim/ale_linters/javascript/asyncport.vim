" Found by ALE once editors/vim is in 'runtimepath'. Example: let g:ale_linters = {'javascript': ['asyncport']}
call ale#linter#Define('javascript', asyncport#Linter('javascript'))
