-- Neovim, headless, from end to end. Environment: ASYNCPORT (the program), ASYNCPORT_ROOT (the repository), FOLDER (to
-- write into). Prints "ok: what" for each thing seen to work; the last line is "done".
local program, root, folder = vim.env.ASYNCPORT, vim.env.ASYNCPORT_ROOT, vim.env.FOLDER

local function fail(text)
  io.stdout:write("FAILED: " .. text .. "\n")
  vim.cmd("cquit 1")
end

local function check(condition, what, more)
  if not condition then fail(what .. (more and (": " .. vim.inspect(more)) or "")) end
  io.stdout:write("ok: " .. what .. "\n")
end

local function wait(what, condition)
  if not vim.wait(20000, condition, 20) then fail("nothing happened: " .. what) end
end

local function write(name, text)
  local file = assert(io.open(folder .. "/" .. name, "w"))
  file:write(text)
  file:close()
end

local function text_of(buffer) return table.concat(vim.api.nvim_buf_get_lines(buffer or 0, 0, -1, false), "\n") end

local function has(id)
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    local lsp = (diagnostic.user_data or {}).lsp or {}
    if (diagnostic.code or lsp.code) == id then return diagnostic end
  end
end

local function run()
  vim.opt.runtimepath:append(root .. "/editors/neovim")
  vim.cmd("filetype on")
  local asyncport = require("asyncport")
  asyncport.setup({ cmd = { program, "lsp" }, settings = { debounce = 0 } })

  write("a.js", "async function save(x) {\n  return x;\n}\n\nasync function main() {\n  const s = \"😀\"; save(1);\n"
    .. "  const [a, b] = await Promise.all([save(2), save(3)]);\n  console.log(s, a, b);\n}\n\nawait main();\n")
  vim.cmd("edit " .. folder .. "/a.js")
  wait("diagnostics", function() return has("floating-promise") end)
  local floating = has("floating-promise")
  check(floating.lnum == 5, "diagnostics appear", floating)

  -- Edits update them: by pieces, with characters outside of the basic plane before them.
  vim.api.nvim_buf_set_lines(0, 0, 0, false, { "// 😀 one line more" })
  wait("moved diagnostics", function() return has("floating-promise") and has("floating-promise").lnum == 6 end)
  check(true, "edits update them")

  -- A quick fix, chosen as by hand.
  local chosen
  vim.ui.select = function(items, _, on_choice)
    for index, item in ipairs(items) do
      local action = item.action or item[2] or item
      if action.edit and not action.title:find("^Ignore") then
        chosen = action.title
        return on_choice(item, index)
      end
    end
    fail("no fix among " .. vim.inspect(items))
  end
  local column = vim.api.nvim_buf_get_lines(0, 6, 7, false)[1]:find("save%(1%)") - 1
  vim.api.nvim_win_set_cursor(0, { 7, column })
  vim.lsp.buf.code_action()
  wait("the quick fix", function() return text_of():find("await save%(1%)") end)
  wait("diagnostics after the fix", function() return not has("floating-promise") end)
  check(chosen ~= nil, "a quick fix applies: " .. tostring(chosen))

  -- Translate opens the result.
  local source = vim.api.nvim_get_current_buf()
  local before = vim.api.nvim_get_current_win()
  vim.cmd("AsyncportTranslate")
  wait("the translation", function() return vim.api.nvim_get_current_buf() ~= source end)
  check(vim.bo.filetype == "python" and text_of():find("async def main%(%):"), "translate opens the result", text_of())
  vim.api.nvim_set_current_win(before)
  vim.cmd("1,4AsyncportTranslate")
  wait("the translated lines", function() return not text_of(vim.fn.bufnr("asyncport://translation/a.py")):find("main") end)
  check(text_of(vim.fn.bufnr("asyncport://translation/a.py")):find("def save%(x%):"), "lines are translated by themselves")
  vim.api.nvim_set_current_win(before)

  -- The preview follows the edits.
  vim.cmd("AsyncportPreview")
  wait("the preview", function()
    local preview = vim.fn.bufnr("asyncport://preview/a.py")
    return preview ~= -1 and text_of(preview):find("async def main")
  end)
  vim.api.nvim_buf_set_lines(source, -1, -1, false, { "console.log('later');" })
  vim.api.nvim_exec_autocmds("TextChanged", { buffer = source })
  wait("the updated preview", function() return text_of(vim.fn.bufnr("asyncport://preview/a.py")):find("later") end)
  check(vim.api.nvim_get_current_buf() == source, "the preview follows the edits")

  vim.cmd("AsyncportExplain floating-promise")
  wait("the page", function() return vim.bo.filetype == "markdown" end)
  check(text_of():find("A promise that nobody waits for"), "explain opens the page")
  vim.api.nvim_set_current_win(before)
  vim.cmd("AsyncportTimeline")
  wait("the timeline", function() return vim.fn.bufnr("asyncport://timeline/a.js") ~= -1 end)
  check(true, "timeline opens the picture")
  vim.api.nvim_set_current_win(before)

  -- The filter: a selection and the whole buffer.
  vim.cmd("enew")
  vim.api.nvim_buf_set_lines(0, 0, -1, false, { "# a note", "async function f() {", "  return await g();", "}", "# the end" })
  vim.cmd("2,4!" .. program .. " - --from js 2>/dev/null")
  check(text_of() == "# a note\nasync def f():\n    return await g()\n# the end", "a selection is filtered", text_of())
  vim.cmd("enew!")
  vim.api.nvim_buf_set_lines(0, 0, -1, false, { "import asyncio", "", "async def f():", "    await asyncio.sleep(1)" })
  vim.cmd("%!" .. program .. " - --stdin-filepath x.py 2>/dev/null")
  check(text_of():find("async function f%(%) {"), "the whole buffer is filtered", text_of())

  -- Python beside it.
  write("b.py", "import time\n\n\nasync def poll():\n    time.sleep(1)\n")
  vim.cmd("edit! " .. folder .. "/b.py")
  wait("diagnostics of Python", function() return has("blocking-sleep") end)
  check(#vim.lsp.get_active_clients() == 1, "one server serves both languages")

  local id = asyncport.client().id
  vim.lsp.stop_client(id)
  wait("the end of the server", function() return not vim.lsp.get_client_by_id(id) or vim.lsp.get_client_by_id(id).is_stopped() end)
  check(true, "the server stops")
end

local good, problem = xpcall(run, debug.traceback)
if not good then fail(problem) end
io.stdout:write("done\n")
vim.cmd("qall!")
