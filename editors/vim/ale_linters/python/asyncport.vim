" Found by ALE once editors/vim is in 'runtimepath'. Example: let g:ale_linters = {'python': ['asyncport']}
call ale#linter#Define('python', asyncport#Linter('python'))
