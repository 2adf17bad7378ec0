// hashlib, and the checksums of zlib: node:crypto and node:zlib.
// Example: `hashlib.sha256(data).hexdigest()` -> `createHash("sha256").update(data).digest("hex")`.
#include <algorithm>

#include "translate/to_js/quote.h"
#include "translate/to_js/topics.h"
#include "translate/to_js/values.h"

namespace asyncport::translate::to_js {

using namespace ir;

namespace {

std::optional<NodeId> TranslateHash(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  std::string name = c.facts().ResolvedName(call.callee());
  if (name == "zlib.crc32" && call.args().size() == 1) {
    return c.NewCall(c.Library("node:zlib:crc32"), {c.Expr(call.args()[0])}, id);
  }
  if (!name.starts_with("hashlib.")) return std::nullopt;
  static constexpr std::string_view kAlgorithms[] = {"md5",    "sha1",   "sha224",
                                                     "sha256", "sha384", "sha512"};
  std::string_view member = std::string_view(name).substr(8);
  bool known =
      std::find(std::begin(kAlgorithms), std::end(kAlgorithms), member) != std::end(kAlgorithms);
  if (known && call.args().size() <= 1) {
    NodeId hash = c.NewCall(c.Library("node:crypto:createHash"), {c.NewString(member)}, id);
    if (call.args().empty()) return hash;
    if (c.src().Is(call.args()[0], NodeKind::kKeyword)) return std::nullopt;
    return Js(c, "$H.update($D)", {{"H", hash}, {"D", c.Expr(call.args()[0])}}, id);
  }
  auto method = c.As<Attribute>(call.callee());
  if (!method || !name.starts_with("hashlib.Hash#")) return std::nullopt;
  NodeId hash = c.Expr(method.object());
  // Asking ends a hash in Node: a copy is asked, so that it can go on.
  bool goes_on = c.src().Is(method.object(), NodeKind::kName) ||
                 c.src().Is(method.object(), NodeKind::kAttribute);
  if (goes_on && member != "Hash#update") hash = Js(c, "$H.copy()", {{"H", hash}});
  if (member == "Hash#hexdigest") return Js(c, "$H.digest(\"hex\")", {{"H", hash}}, id);
  if (member == "Hash#digest") return Js(c, "$H.digest()", {{"H", hash}}, id);
  if (member == "Hash#update" && call.args().size() == 1) {
    return Js(c, "$H.update($D)", {{"H", hash}, {"D", c.Expr(call.args()[0])}}, id);
  }
  return std::nullopt;
}

}  // namespace

void RegisterHashes(Topics& t) { t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateHash); }

}  // namespace asyncport::translate::to_js
