-- asyncport in Neovim (0.7 and later): starts the language server, and shows what it makes.
-- Example: require("asyncport").setup({ cmd = { "asyncport", "lsp" } })
local M = {}

local defaults = {
  cmd = { "asyncport", "lsp" },
  filetypes = { "javascript", "javascriptreact", "python" },
  settings = {}, -- the section "asyncport": see docs/editors.md
  split = "vsplit", -- how results are opened
  on_attach = nil,
}

M.config = defaults

local function notify(text, level)
  vim.notify("asyncport: " .. text, level or vim.log.levels.INFO)
end

local function root_of(path)
  local folder = vim.fn.fnamemodify(path, ":p:h")
  if vim.fs and vim.fs.find then
    local found = vim.fs.find({ "asyncport.toml", ".asyncport.toml", "pyproject.toml", "package.json", ".git" },
      { upward = true, path = folder })[1]
    return found and vim.fn.fnamemodify(found, ":h") or folder
  end
  local git = vim.fn.finddir(".git", folder .. ";")
  return git ~= "" and vim.fn.fnamemodify(git, ":p:h:h") or folder
end

-- The clients of a buffer, by the function that this Neovim has.
local function clients_of(buffer)
  if vim.lsp.get_clients then return vim.lsp.get_clients({ bufnr = buffer, name = "asyncport" }) end
  return vim.tbl_filter(function(client) return client.name == "asyncport" end,
    vim.tbl_values(vim.lsp.buf_get_clients(buffer)))
end

function M.client(buffer)
  return clients_of(buffer or vim.api.nvim_get_current_buf())[1]
end

local shared = {} -- root -> client id, where Neovim does not reuse clients by itself

function M.start(buffer)
  buffer = buffer or vim.api.nvim_get_current_buf()
  if M.client(buffer) then return end
  local root = root_of(vim.api.nvim_buf_get_name(buffer))
  local config = {
    name = "asyncport",
    cmd = M.config.cmd,
    root_dir = root,
    settings = { asyncport = M.config.settings },
    init_options = M.config.settings,
    on_attach = M.config.on_attach,
    handlers = {
      -- Neovim answers with null where a section is not set.
      ["workspace/configuration"] = function(_, params)
        return vim.tbl_map(function() return vim.tbl_isempty(M.config.settings) and vim.empty_dict() or M.config.settings end,
          params.items)
      end,
    },
  }
  if vim.lsp.start then
    vim.lsp.start(config, { bufnr = buffer })
    return
  end
  local id = shared[root]
  if not id or not vim.lsp.get_client_by_id(id) then
    id = vim.lsp.start_client(config)
    shared[root] = id
  end
  if id then vim.lsp.buf_attach_client(buffer, id) end
end

-- A buffer that no file belongs to; the same one again for the same name.
local function show(name, filetype, text)
  local lines = vim.split(text, "\r?\n")
  if lines[#lines] == "" then table.remove(lines) end
  local buffer
  for _, other in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(other) and vim.b[other].asyncport_name == name then buffer = other end
  end
  if not buffer then
    buffer = vim.api.nvim_create_buf(true, true)
    vim.b[buffer].asyncport_name = name
    pcall(vim.api.nvim_buf_set_name, buffer, name)
  end
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, lines)
  if vim.fn.bufwinid(buffer) == -1 then
    vim.cmd(M.config.split)
    vim.api.nvim_win_set_buf(0, buffer)
  end
  if vim.bo[buffer].filetype ~= filetype then vim.bo[buffer].filetype = filetype end
  return buffer
end

-- Calls back with the result, or says what went wrong.
local function request(buffer, method, params, callback)
  local client = M.client(buffer)
  if not client then return notify("the language server does not run here (:AsyncportStart)", vim.log.levels.WARN) end
  local function handler(problem, result)
    if problem then return notify(problem.message, vim.log.levels.ERROR) end
    callback(result)
  end
  if vim.fn.has("nvim-0.11") == 1 then return client:request(method, params, handler, buffer) end
  client.request(method, params, handler, buffer)
end

local function execute(buffer, command, argument, callback)
  request(buffer, "workspace/executeCommand", { command = command, arguments = { argument } }, callback)
end

local function uri_of(buffer) return vim.uri_from_bufnr(buffer) end

-- Whole lines: what is selected of a statement stands for all of it.
local function range_of_lines(first, last)
  return { start = { line = first - 1, character = 0 }, ["end"] = { line = last, character = 0 } }
end

local function name_of_result(buffer, result, what)
  local name = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ":t:r")
  return ("asyncport://%s/%s%s"):format(what, name, result.languageId == "python" and ".py" or ".js")
end

-- Opens the translation of the buffer, or of its lines `first` to `last`, beside it.
function M.translate(first, last)
  local buffer = vim.api.nvim_get_current_buf()
  local argument = { uri = uri_of(buffer), target = "text" }
  local command = "asyncport.translate"
  if first then
    argument.range = range_of_lines(first, last)
    command = "asyncport.translateSelection"
  end
  execute(buffer, command, argument, function(result)
    if result.text == nil or result.text == vim.NIL then
      return notify("it does not parse, so there is nothing to translate", vim.log.levels.WARN)
    end
    show(name_of_result(buffer, result, "translation"), result.languageId, result.text)
  end)
end

-- The translation beside the buffer, kept up to date while it is edited.
function M.preview()
  local buffer = vim.api.nvim_get_current_buf()
  local window = vim.api.nvim_get_current_win()
  local busy, again = false, false
  local function update()
    if busy then again = true return end
    busy = true
    request(buffer, "asyncport/translation", { textDocument = { uri = uri_of(buffer) } }, function(result)
      busy = false
      if result.text ~= nil and result.text ~= vim.NIL then
        local current = vim.api.nvim_get_current_win()
        show(name_of_result(buffer, result, "preview"), result.languageId, result.text)
        if vim.api.nvim_win_is_valid(current) then vim.api.nvim_set_current_win(current) end
      end
      if again then
        again = false
        update()
      end
    end)
  end
  vim.api.nvim_create_autocmd({ "TextChanged", "TextChangedI" }, {
    buffer = buffer,
    group = vim.api.nvim_create_augroup("asyncport_preview_" .. buffer, { clear = true }),
    callback = update,
  })
  update()
  vim.api.nvim_set_current_win(window)
end

-- The page about an id, or about the diagnostic on the line of the cursor.
function M.explain(id)
  local buffer = vim.api.nvim_get_current_buf()
  if not id or id == "" then
    local line = vim.api.nvim_win_get_cursor(0)[1] - 1
    for _, diagnostic in ipairs(vim.diagnostic.get(buffer, { lnum = line })) do
      if diagnostic.source == "asyncport" then
        local lsp = (diagnostic.user_data or {}).lsp or {}
        id = diagnostic.code or lsp.code
      end
    end
  end
  if not id or id == "" then return notify("no diagnostic of asyncport's stands on this line") end
  execute(buffer, "asyncport.explain", { id = id }, function(page)
    show("asyncport://explain/" .. page.id, "markdown", page.markdown)
  end)
end

function M.timeline()
  local buffer = vim.api.nvim_get_current_buf()
  execute(buffer, "asyncport.timeline", { uri = uri_of(buffer), columns = math.max(60, vim.o.columns - 4) }, function(drawn)
    if drawn.text == nil or drawn.text == vim.NIL then return notify("it does not parse", vim.log.levels.WARN) end
    show("asyncport://timeline/" .. vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ":t"), "", drawn.text)
  end)
end

-- What code actions and lenses name as their commands is done here, so that results are shown.
local function take_commands()
  vim.lsp.commands["asyncport.explain"] = function(command)
    local argument = command.arguments[1]
    M.explain(type(argument) == "table" and argument.id or argument)
  end
  vim.lsp.commands["asyncport.timeline"] = function() M.timeline() end
  vim.lsp.commands["asyncport.translate"] = function() M.translate() end
  vim.lsp.commands["asyncport.translateSelection"] = function(command)
    local range = command.arguments[1].range
    M.translate(range.start.line + 1, range["end"].line + (range["end"].character > 0 and 1 or 0))
  end
end

function M.setup(options)
  M.config = vim.tbl_deep_extend("force", defaults, options or {})
  take_commands()
  local group = vim.api.nvim_create_augroup("asyncport", { clear = true })
  vim.api.nvim_create_autocmd("FileType", {
    group = group,
    pattern = M.config.filetypes,
    callback = function(event)
      if vim.bo[event.buf].buftype == "" then M.start(event.buf) end
    end,
  })
  local command = vim.api.nvim_create_user_command
  command("AsyncportStart", function() M.start() end, {})
  command("AsyncportTranslate", function(call)
    if call.range == 0 then M.translate() else M.translate(call.line1, call.line2) end
  end, { range = true })
  command("AsyncportPreview", function() M.preview() end, {})
  command("AsyncportExplain", function(call) M.explain(call.args) end, { nargs = "?" })
  command("AsyncportTimeline", function() M.timeline() end, {})
end

return M
