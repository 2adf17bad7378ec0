;;; Emacs, in batch, with eglot, from end to end -*- lexical-binding: t; -*-
;; Environment: ASYNCPORT, ASYNCPORT_ROOT, FOLDER, as for neovim.lua.

(setq package-directory-list (append package-directory-list '("/usr/share/emacs/site-lisp/elpa")))
(package-initialize)
(require 'cl-lib)
(require 'flymake)
(require 'eglot)

(defvar root (getenv "ASYNCPORT_ROOT"))
(defvar folder (getenv "FOLDER"))
(add-to-list 'load-path (expand-file-name "editors/emacs" root))
(require 'asyncport)
(setq asyncport-program (getenv "ASYNCPORT"))
(setcdr (assoc '(js-mode js2-mode js-ts-mode python-mode python-ts-mode) eglot-server-programs)
        (list asyncport-program "lsp"))

(setq eglot-sync-connect 20
      eglot-confirm-server-initiated-edits nil
      eglot-send-changes-idle-time 0.05
      flymake-no-changes-timeout 0.05
      make-backup-files nil)
(setq-default eglot-workspace-configuration '((:asyncport . (:debounce 0))))

(defun check (condition what &optional more)
  (unless condition
    (princ (format "FAILED: %s %S\n" what (or more "")))
    (kill-emacs 1))
  (princ (format "ok: %s\n" what)))

(defun wait (what condition)
  (let ((end (+ (float-time) 20)))
    (while (not (funcall condition))
      (when (> (float-time) end) (check nil (concat "nothing happened: " what)))
      (accept-process-output nil 0.05))))

(defun found (id)
  "The line of the diagnostic ID, from 1."
  (let ((diagnostic (cl-find-if (lambda (d) (string-match-p (regexp-quote id) (flymake-diagnostic-text d)))
                                (flymake-diagnostics))))
    (and diagnostic (line-number-at-pos (flymake-diagnostic-beg diagnostic)))))

(defun start-flymake () (flymake-start nil t))

(let ((file (expand-file-name "a.js" folder)))
  (with-temp-file file
    (insert "async function save(x) {\n  return x;\n}\n\nasync function main() {\n"
            "  const s = \"😀\"; save(1);\n  console.log(s, await save(2));\n}\n\nawait main();\n"))
  (find-file file)
  (js-mode)
  (call-interactively #'eglot)
  (check (eglot-current-server) "eglot connects")
  (flymake-mode 1)
  (wait "diagnostics" (lambda () (start-flymake) (found "nobody waits for")))
  (check (equal (found "nobody waits for") 6) "diagnostics appear")
  (goto-char (point-min))
  (insert "// 😀 one line more\n")
  (eglot--signal-textDocument/didChange)
  (wait "moved diagnostics" (lambda () (start-flymake) (equal (found "nobody waits for") 7)))
  (check t "edits update them")
  (goto-char (point-min))
  (search-forward "save(1)")
  (goto-char (match-beginning 0))
  (let* ((actions (eglot-code-actions (point) (match-end 0) "quickfix"))
         (fix (cl-find-if (lambda (action)
                            (let ((title (if (stringp (car-safe action)) (car action) (plist-get action :title))))
                              (string-match-p "^Await" title)))
                          actions))
         (action (if (stringp (car-safe fix)) (cdr fix) fix)))
    (check action "code actions are offered" actions)
    (eglot--apply-workspace-edit (plist-get action :edit)))
  (check (string-match-p "await save(1)" (buffer-string)) "a quick fix applies")
  (eglot--signal-textDocument/didChange)
  (wait "diagnostics after the fix" (lambda () (start-flymake) (not (found "`save()` starts work"))))
  (check t "the finding is gone")
  ;; The commands of the server: no new files here, so that the result has the text.
  (let ((result (asyncport--execute "asyncport.translate" (list :uri (asyncport--uri)))))
    (check (string-match-p "async def main():" (plist-get result :text)) "translate returns the text"))
  (with-current-buffer (asyncport-explain "floating-promise")
    (check (string-match-p "A promise that nobody waits for" (buffer-string)) "explain shows the page"))
  (with-current-buffer (asyncport-timeline)
    (check (> (buffer-size) 40) "timeline shows the picture"))
  ;; The filter.
  (with-current-buffer (asyncport-translate-buffer)
    (check (and (eq major-mode 'python-mode) (string-match-p "async def main():" (buffer-string)))
           "the buffer is translated" (buffer-string)))
  (goto-char (point-min))
  (search-forward "await save(1)")
  (with-current-buffer (asyncport-translate-region (match-beginning 0) (match-end 0))
    (check (equal (buffer-string) "await save(1)\n") "a region is translated with what the buffer says" (buffer-string)))
  (with-temp-buffer
    (insert "// before\nasync function f() {\n  return await g();\n}\n// after\n")
    (delay-mode-hooks (js-mode))
    (goto-char (point-min))
    (asyncport-replace-region 11 (- (point-max) 9))
    (check (equal (buffer-string) "// before\nasync def f():\n    return await g()\n// after\n")
           "a region is replaced" (buffer-string)))
  (with-temp-buffer
    (insert "async function f( {")
    (delay-mode-hooks (js-mode))
    (check (condition-case nil (progn (asyncport-replace-region (point-min) (point-max)) nil) (user-error t))
           "what does not parse is left alone")
    (check (equal (buffer-string) "async function f( {") "nothing is lost"))
  (with-current-buffer (get-file-buffer file)
    (let ((server (eglot-current-server)))
      (eglot-shutdown server)
      (check (not (jsonrpc-running-p server)) "the server stops"))
    (set-buffer-modified-p nil)))
(princ "done\n")
