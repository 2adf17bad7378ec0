" asyncport in Vim 8 and later. :Asyncport translates the buffer or the given lines into a window of their own,
" :Asyncport! in their place, :AsyncportExplain shows the page about an id.
if exists('g:loaded_asyncport') | finish | endif
let g:loaded_asyncport = 1

command! -range=% -bang Asyncport call asyncport#Translate(<line1>, <line2>, <bang>0)
command! -nargs=1 AsyncportExplain execute '!' . shellescape(asyncport#Program()) . ' explain ' . shellescape(<q-args>)
