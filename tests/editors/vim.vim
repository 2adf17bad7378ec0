" Vim with ALE, in silent mode, from end to end. Environment: ASYNCPORT, ASYNCPORT_ROOT, FOLDER, as for neovim.lua.
set nocompatible noswapfile
let s:out = []

function! s:Finish(code) abort
  call writefile(s:out, '/dev/stdout', 'a')
  execute a:code ? 'cquit!' : 'qall!'
endfunction

function! s:Check(condition, what, ...) abort
  if !a:condition
    call add(s:out, 'FAILED: ' . a:what . (a:0 ? ': ' . string(a:1) : ''))
    call s:Finish(1)
  endif
  call add(s:out, 'ok: ' . a:what)
endfunction

function! s:Wait(what, Condition) abort
  for l:i in range(400)
    if a:Condition() | return | endif
    sleep 50m
  endfor
  call s:Check(0, 'nothing happened: ' . a:what, ale#engine#GetLoclist(bufnr('')))
endfunction

function! s:Found(text) abort
  let l:found = filter(copy(ale#engine#GetLoclist(bufnr(''))), {_, item -> item.text =~# a:text})
  return empty(l:found) ? 0 : l:found[0].lnum
endfunction

try
  let g:asyncport_program = $ASYNCPORT
  let g:ale_linters_explicit = 1
  let g:ale_linters = {'javascript': ['asyncport'], 'python': ['asyncport']}
  let g:ale_lint_delay = 0
  execute 'set runtimepath^=' . $ASYNCPORT_ROOT . '/editors/vim'
  packadd ale
  runtime plugin/asyncport.vim
  filetype on
  call writefile(['async function save(x) {', '  return x;', '}', '', 'async function main() {', '  save(1);', '  console.log(await save(2));', '}', '', 'await main();'], $FOLDER . '/a.js')
  execute 'edit ' . $FOLDER . '/a.js'
  set filetype=javascript
  call ale#Queue(0)
  call s:Wait('diagnostics', {-> s:Found('nobody waits for') > 0})
  call s:Check(s:Found('nobody waits for') == 6, 'diagnostics appear', ale#engine#GetLoclist(bufnr('')))
  call append(0, '// one line more')
  call ale#Queue(0)
  call s:Wait('moved diagnostics', {-> s:Found('nobody waits for') == 7})
  call s:Check(1, 'edits update them')
  call setline(7, '  await save(1);')
  call ale#Queue(0)
  call s:Wait('mended diagnostics', {-> s:Found('nobody waits for') == 0})
  call s:Check(1, 'a mended line has none')

  Asyncport
  call s:Check(&filetype ==# 'python' && search('^async def main():') > 0, 'translate opens the result', getline(1, '$'))
  close
  6,9Asyncport
  call s:Check(getline(1, '$') == ['async def main():', '    await save(1)', '    print(await save(2))'], 'lines are translated by themselves', getline(1, '$'))
  close

  enew!
  call setline(1, ['# a note', 'async function f() {', '  return await g();', '}', '# the end'])
  2,4!$ASYNCPORT - --from js 2>/dev/null
  call s:Check(getline(1, '$') == ['# a note', 'async def f():', '    return await g()', '# the end'], 'a selection is filtered', getline(1, '$'))
  enew!
  call setline(1, ['import asyncio', '', 'async def f():', '    await asyncio.sleep(1)'])
  %!$ASYNCPORT - --stdin-filepath x.py 2>/dev/null
  call s:Check(search('async function f() {') > 0, 'the whole buffer is filtered', getline(1, '$'))

  call writefile(['import time', '', '', 'async def poll():', '    time.sleep(1)'], $FOLDER . '/b.py')
  execute 'edit! ' . $FOLDER . '/b.py'
  set filetype=python
  call ale#Queue(0)
  call s:Wait('diagnostics of Python', {-> s:Found('time.sleep') > 0})
  call s:Check(1, 'diagnostics of Python appear')
  " The concise format serves linters that know no protocol.
  let s:lines = systemlist($ASYNCPORT . ' check --format concise - --stdin-filepath b.py', getline(1, '$'))
  set errorformat=%f:%l:%c:\ %t%*[a-z]:\ %m
  cgetexpr s:lines
  let s:blocking = filter(getqflist(), {_, item -> item.text =~# 'blocking-sleep'})
  call s:Check(len(s:blocking) == 1 && s:blocking[0].lnum == 5 && s:blocking[0].col == 5, 'errorformat reads the concise format', getqflist())
catch
  call s:Check(0, v:exception . ' at ' . v:throwpoint)
endtry
call add(s:out, 'done')
call s:Finish(0)
