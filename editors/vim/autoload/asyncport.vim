" What the plugin and the linters of ALE share. Example: :call asyncport#Translate(1, line('$'), 0)

function! asyncport#Program() abort
  return get(g:, 'asyncport_program', 'asyncport')
endfunction

function! asyncport#From() abort
  if &filetype =~# '^javascript' | return 'js' | endif
  if &filetype ==# 'python' | return 'py' | endif
  return {'js': 'js', 'mjs': 'js', 'cjs': 'js', 'jsx': 'js', 'py': 'py'}[expand('%:e')]
endfunction

" Lines first to last in a window of their own, or in their place. All of the buffer goes in, so that its facts count.
function! asyncport#Translate(first, last, in_place) abort
  let l:from = asyncport#From()
  let l:errors = tempname()
  let l:command = shellescape(asyncport#Program()) . ' - --from ' . l:from
  if expand('%') !=# ''
    let l:command .= ' --stdin-filepath ' . shellescape(expand('%:p'))
  endif
  if a:first > 1 || a:last < line('$')
    let l:command .= ' --range ' . a:first . '-' . a:last
  endif
  let l:lines = systemlist(l:command . ' 2>' . shellescape(l:errors), getline(1, '$'))
  let l:said = filereadable(l:errors) ? readfile(l:errors) : []
  call delete(l:errors)
  if v:shell_error > 1
    echohl ErrorMsg
    echomsg 'asyncport: ' . get(l:said, 0, 'nothing was translated')
    echohl None
    return
  endif
  if a:in_place
    call deletebufline('%', a:first, a:last)
    call append(a:first - 1, l:lines)
    return
  endif
  let l:to = l:from ==# 'js' ? 'python' : 'javascript'
  let l:name = 'asyncport://' . expand('%:t:r') . (l:from ==# 'js' ? '.py' : '.js')
  execute 'silent vsplit' fnameescape(l:name)
  setlocal buftype=nofile noswapfile modifiable
  silent %delete _
  call setline(1, l:lines)
  execute 'setlocal filetype=' . l:to
endfunction

" One linter for both languages: the language server.
function! asyncport#Linter(name) abort
  return {
  \  'name': 'asyncport',
  \  'lsp': 'stdio',
  \  'executable': function('asyncport#Executable'),
  \  'command': '%e lsp',
  \  'language': a:name,
  \  'project_root': function('asyncport#Root'),
  \  'initialization_options': get(g:, 'asyncport_settings', {}),
  \}
endfunction

function! asyncport#Executable(buffer) abort
  return asyncport#Program()
endfunction

function! asyncport#Root(buffer) abort
  let l:folder = fnamemodify(bufname(a:buffer), ':p:h')
  let l:git = finddir('.git', l:folder . ';')
  return l:git !=# '' ? fnamemodify(l:git, ':p:h:h') : l:folder
endfunction
