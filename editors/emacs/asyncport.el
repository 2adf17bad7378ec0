;;; asyncport.el --- Asynchronous code between JavaScript and Python -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "27.1"))
;; Keywords: languages, tools
;; SPDX-License-Identifier: Apache-2.0

;;; Commentary:

;; Translating commands that run the program as a filter, and a registration for eglot, whose
;; commands (`asyncport-explain', ...) show what the language server answers.
;; Example: (require 'asyncport) (add-hook 'js-mode-hook #'eglot-ensure)

;;; Code:

(require 'subr-x)

(defgroup asyncport nil
  "Asynchronous code between JavaScript and Python."
  :group 'tools)

(defcustom asyncport-program "asyncport"
  "The program, with a path where it is not on `exec-path'."
  :type 'string)

(defcustom asyncport-arguments nil
  "More arguments for translating, such as (\"--lessons\")."
  :type '(repeat string))

(defvar eglot-server-programs)
(declare-function eglot-current-server "eglot")
(declare-function eglot--request "eglot")
(declare-function eglot--path-to-uri "eglot")
(declare-function eglot-path-to-uri "eglot")
(declare-function jsonrpc-request "jsonrpc")

(defun asyncport--from ()
  "The language of the buffer, as the command line names it."
  (cond ((derived-mode-p 'js-mode 'js2-mode 'js-ts-mode 'js-base-mode) "js")
        ((derived-mode-p 'python-mode 'python-ts-mode 'python-base-mode) "py")
        (t (user-error "This buffer is neither JavaScript nor Python"))))

(defun asyncport--mode (language)
  "Turn on a mode for LANGUAGE, js or py."
  (if (equal language "py") (python-mode) (js-mode)))

(defun asyncport--run (text from name &optional arguments)
  "Translate TEXT, which is FROM js or py and belongs to the file NAME.
ARGUMENTS come before those of `asyncport-arguments'.  The result is a list: exit code,
translation, diagnostics."
  (let ((errors (make-temp-file "asyncport"))
        (coding-system-for-read 'utf-8-unix)
        (coding-system-for-write 'utf-8-unix))
    (unwind-protect
        (with-temp-buffer
          (insert text)
          (let ((code (apply #'call-process-region (point-min) (point-max) asyncport-program t
                             (list t errors) nil
                             (append (list "-" "--from" from)
                                     (and name (list "--stdin-filepath" name))
                                     arguments asyncport-arguments))))
            (list code (buffer-string)
                  (with-temp-buffer (insert-file-contents errors) (buffer-string)))))
      (delete-file errors))))

(defun asyncport--show (code text diagnostics from)
  "Show the translation TEXT of a source in FROM, or DIAGNOSTICS where CODE says there is none."
  (unless (string-empty-p diagnostics)
    (with-current-buffer (get-buffer-create "*asyncport diagnostics*")
      (let ((inhibit-read-only t))
        (erase-buffer)
        (insert diagnostics))
      (special-mode)
      (goto-char (point-min))))
  (if (equal code 2)
      (progn (display-buffer "*asyncport diagnostics*")
             (user-error "Nothing was translated"))
    (let ((to (if (equal from "js") "py" "js")))
      (with-current-buffer (get-buffer-create (format "*asyncport %s*" to))
        (erase-buffer)
        (insert text)
        (goto-char (point-min))
        (asyncport--mode to)
        (display-buffer (current-buffer))
        (current-buffer)))))

;;;###autoload
(defun asyncport-translate-buffer ()
  "Show the translation of the buffer into the other language."
  (interactive)
  (let* ((from (asyncport--from))
         (result (save-restriction
                   (widen)
                   (asyncport--run (buffer-string) from buffer-file-name))))
    (asyncport--show (nth 0 result) (nth 1 result) (nth 2 result) from)))

;;;###autoload
(defun asyncport-translate-region (begin end)
  "Show the translation of the statements between BEGIN and END.
What the whole buffer says about their names and types counts."
  (interactive "r")
  (let* ((from (asyncport--from))
         (place (lambda (position)
                  (save-excursion
                    (goto-char position)
                    (format "%d:%d" (line-number-at-pos position t)
                            (1+ (- position (line-beginning-position)))))))
         (result (save-restriction
                   (widen)
                   (asyncport--run (buffer-string) from buffer-file-name
                                   (list "--range" (concat (funcall place begin) "-"
                                                           (funcall place end)))))))
    (asyncport--show (nth 0 result) (nth 1 result) (nth 2 result) from)))

;;;###autoload
(defun asyncport-replace-region (begin end)
  "Replace the text between BEGIN and END by its translation, as a reformatter would."
  (interactive "r")
  (let ((result (asyncport--run (buffer-substring-no-properties begin end) (asyncport--from) nil)))
    (when (equal (nth 0 result) 2)
      (user-error "Nothing was translated: %s" (string-trim (nth 2 result))))
    (goto-char begin)
    (delete-region begin end)
    (insert (nth 1 result))))

;;; The language server

(defun asyncport--execute (command argument)
  "What the language server answers to COMMAND with ARGUMENT."
  (let ((server (and (fboundp 'eglot-current-server) (eglot-current-server))))
    (unless server (user-error "No language server manages this buffer"))
    (jsonrpc-request server :workspace/executeCommand
                     (list :command command :arguments (vector argument)))))

(defun asyncport--uri ()
  "The URI of the buffer's file."
  (if (fboundp 'eglot-path-to-uri)
      (eglot-path-to-uri buffer-file-name)
    (eglot--path-to-uri buffer-file-name)))

(defun asyncport--page (name text)
  "Show TEXT in the buffer NAME."
  (with-current-buffer (get-buffer-create name)
    (let ((inhibit-read-only t))
      (erase-buffer)
      (insert text))
    (special-mode)
    (goto-char (point-min))
    (display-buffer (current-buffer))
    (current-buffer)))

;;;###autoload
(defun asyncport-explain (id)
  "Show the page about the diagnostic ID."
  (interactive "sId of the diagnostic: ")
  (asyncport--page "*asyncport explain*"
                   (plist-get (asyncport--execute "asyncport.explain" (list :id id)) :markdown)))

;;;###autoload
(defun asyncport-timeline ()
  "Show who runs and who waits in the program of the buffer, over time."
  (interactive)
  (let ((drawn (asyncport--execute "asyncport.timeline" (list :uri (asyncport--uri)))))
    (asyncport--page "*asyncport timeline*" (or (plist-get drawn :text) "It does not parse."))))

;;;###autoload
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               `((js-mode js2-mode js-ts-mode python-mode python-ts-mode)
                 . (,asyncport-program "lsp"))))

(provide 'asyncport)
;;; asyncport.el ends here
