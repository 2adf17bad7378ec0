// Bytes: Buffer, base64 of globals, and the hashes that are made of them. Encodings that are not written out are left alone.
// Example: `createHash("sha256").update(text).digest("hex")` -> `hashlib.sha256(text.encode()).hexdigest()`.
#include <string>
#include <utility>

#include "translate/quote.h"
#include "translate/to_py/objects.h"
#include "translate/to_py/topics.h"

namespace asyncport::translate::to_py {

using namespace ir;
using facts::TypeKind;

namespace {

// How bytes become text, or text bytes; kNone: not known here.
enum class Encoding { kUtf8, kHex, kBase64, kLatin1, kNone };

Encoding EncodingOf(Context& c, std::span<const NodeId> args, std::size_t position) {
  if (args.size() <= position) return Encoding::kUtf8;
  auto text = c.As<String>(args[position]);
  if (!text || args.size() > position + 1) return Encoding::kNone;
  const std::string_view name = text.value();
  if (name == "utf8" || name == "utf-8") return Encoding::kUtf8;
  if (name == "hex") return Encoding::kHex;
  if (name == "base64") return Encoding::kBase64;
  if (name == "latin1" || name == "binary") return Encoding::kLatin1;
  return Encoding::kNone;
}

NodeId Method(Context& c, NodeId target, std::string_view name, NodeList args = {}) {
  return c.NewCall(c.NewAttribute(target, name), std::move(args));
}

std::optional<NodeId> Encoded(Context& c, NodeId text, Encoding encoding) {
  switch (encoding) {
    case Encoding::kUtf8:
      return Method(c, c.Expr(text), "encode");
    case Encoding::kLatin1:
      return Method(c, c.Expr(text), "encode", {c.NewString("latin-1")});
    case Encoding::kHex:
      return c.NewCall(c.NewAttribute(c.NewName("bytes"), "fromhex"), {c.Expr(text)});
    case Encoding::kBase64:
      return c.NewCall(c.Library("base64.b64decode"), {c.Expr(text)});
    case Encoding::kNone:
      break;
  }
  return std::nullopt;
}

std::optional<NodeId> Decoded(Context& c, NodeId target_bytes, Encoding encoding) {
  switch (encoding) {
    case Encoding::kUtf8:
      return Method(c, target_bytes, "decode");
    case Encoding::kLatin1:
      return Method(c, target_bytes, "decode", {c.NewString("latin-1")});
    case Encoding::kHex:
      return Method(c, target_bytes, "hex");
    case Encoding::kBase64:
      return Method(c, c.NewCall(c.Library("base64.b64encode"), {target_bytes}), "decode");
    case Encoding::kNone:
      break;
  }
  return std::nullopt;
}

// What a hash takes: bytes as they are, texts in UTF-8.
NodeId Data(Context& c, NodeId value) {
  if (c.facts().Only(value, {TypeKind::kBytes})) return c.Expr(value);
  return Method(c, c.Expr(value), "encode");
}

std::optional<NodeId> TranslateBuffer(Context& c, NodeId id) {
  auto call = c.As<Call>(id);
  auto args = call.args();
  if (args.empty()) return std::nullopt;
  const std::string& path = c.facts().ResolvedName(call.callee());
  const bool text = c.facts().Only(args[0], {TypeKind::kStr});
  if (path == "Buffer.from" && text) return Encoded(c, args[0], EncodingOf(c, args, 1));
  if (path == "Buffer.byteLength" && text) {
    auto bytes = Encoded(c, args[0], EncodingOf(c, args, 1));
    if (bytes) return c.NewCall(c.NewName("len"), {*bytes}, id);
  }
  if (path == "Buffer.concat" && args.size() == 1) {
    return Quote(c, "b''.join($XS)", {{"XS", c.Expr(args[0])}}, id);
  }
  if (path == "btoa" && text) {
    auto bytes = Encoded(c, args[0], Encoding::kLatin1);
    return Decoded(c, *bytes, Encoding::kBase64);
  }
  if (path == "atob" && text) {
    auto bytes = Encoded(c, args[0], Encoding::kBase64);
    return Decoded(c, *bytes, Encoding::kLatin1);
  }
  if (path == "node:crypto.randomBytes" && args.size() == 1) {
    return c.NewCall(c.Library("secrets.token_bytes"), {c.Expr(args[0])}, id);
  }
  return std::nullopt;
}

// `bytes.toString("hex")`
std::optional<NodeId> TranslateText(Context& c, NodeId id) {
  if (c.MethodName(id) != "toString") return std::nullopt;
  auto call = c.As<Call>(id);
  NodeId object = c.As<Attribute>(call.callee()).object();
  if (!c.facts().Only(object, {TypeKind::kBytes})) return std::nullopt;
  const Encoding encoding = EncodingOf(c, call.args(), 0);
  if (encoding == Encoding::kNone)
    return c.Refuse(id, "untranslated", {{"reason", "an encoding that is not written out"}});
  return Decoded(c, c.Expr(object), encoding);
}

// `chunk.byteLength`: nothing but bytes has it.
std::optional<NodeId> TranslateByteLength(Context& c, NodeId id) {
  auto attribute = c.As<Attribute>(id);
  if (attribute.name() != "byteLength" || attribute.is_optional()) return std::nullopt;
  const NodeId parent = c.facts().Parent(id);
  if (auto assign = c.As<Assign>(parent); assign && assign.value() != id) return std::nullopt;
  if (auto augmented = c.As<AugAssign>(parent); augmented && augmented.target() == id)
    return std::nullopt;
  const TypeKind kind = c.facts().KindOf(attribute.object());
  const bool is_own = c.src().Is(attribute.object(), NodeKind::kSelfRef) ||
                      DeclaredByAClass(c, "byteLength");
  if (kind != TypeKind::kBytes && (kind != TypeKind::kUnknown || is_own)) return std::nullopt;
  return c.NewCall(c.NewName("len"), {c.Expr(attribute.object())}, id);
}

bool IsAlgorithm(std::string_view name) {
  return name == "md5" || name == "sha1" || name == "sha224" || name == "sha256" ||
         name == "sha384" || name == "sha512";
}

// `createHash("sha256")`, with what goes in at once.
std::optional<NodeId> Hash(Context& c, NodeId id, NodeList data) {
  const bool keyed = c.IsCallTo(id, "node:crypto.createHmac");
  if (!keyed && !c.IsCallTo(id, "node:crypto.createHash")) return std::nullopt;
  auto args = c.As<Call>(id).args();
  auto name = args.empty() ? String() : c.As<String>(args[0]);
  if (!name || !IsAlgorithm(name.value()) || args.size() != (keyed ? 2u : 1u)) return std::nullopt;
  if (!keyed) {
    return c.NewCall(c.Library("hashlib." + std::string(name.value())), std::move(data), id);
  }
  NodeList all{Data(c, args[1])};
  all.insert(all.end(), data.begin(), data.end());
  const bool empty = data.empty();
  NodeId digest = c.NewString(name.value());
  all.push_back(empty ? c.NewKeyword("digestmod", digest) : digest);
  return c.NewCall(c.Library("hmac.new"), std::move(all), id);
}

bool IsHash(Context& c, NodeId object) {
  const facts::Type& type = c.facts().type(c.facts().TypeOf(object));
  return type.kind == TypeKind::kInstance && type.name == "node:crypto.Hash";
}

std::optional<NodeId> TranslateHash(Context& c, NodeId id) {
  if (auto hash = Hash(c, id, {})) return hash;
  const std::string_view method = c.MethodName(id);
  if (method != "update" && method != "digest") return std::nullopt;
  auto call = c.As<Call>(id);
  NodeId object = c.As<Attribute>(call.callee()).object();
  if (!IsHash(c, object)) return std::nullopt;
  if (method == "update") {
    if (call.args().empty() || EncodingOf(c, call.args(), 1) != Encoding::kUtf8)
      return std::nullopt;
    // Updates of a hash that is just being made: all at once.
    NodeId data = Data(c, call.args()[0]);
    NodeId made = object;
    while (c.MethodName(made) == "update") {
      auto earlier = c.As<Call>(made);
      if (earlier.args().size() != 1) return std::nullopt;
      data = c.New(
          make::Binary{.left = Data(c, earlier.args()[0]), .right = data, .op = BinaryOp::kAdd},
          {});
      made = c.As<Attribute>(earlier.callee()).object();
    }
    if (auto hash = Hash(c, made, {data})) return hash;
    const bool statement = c.src().Is(c.facts().Parent(id), NodeKind::kExprStmt);
    if (made != object || !statement) return std::nullopt;
    return c.NewCall(c.NewAttribute(c.Expr(object), "update"), {data}, id);
  }
  if (call.args().empty()) return Method(c, c.Expr(object), "digest");
  const Encoding encoding = EncodingOf(c, call.args(), 0);
  if (encoding == Encoding::kHex) return Method(c, c.Expr(object), "hexdigest");
  if (encoding != Encoding::kBase64) return std::nullopt;
  return Decoded(c, Method(c, c.Expr(object), "digest"), encoding);
}

}  // namespace

void RegisterBuffers(Topics& t) {
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateBuffer);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateText);
  t.Claim(NodeKind::kAttribute, Order::kBeforeCards, &TranslateByteLength);
  t.Claim(NodeKind::kCall, Order::kBeforeCards, &TranslateHash);
}

}  // namespace asyncport::translate::to_py
