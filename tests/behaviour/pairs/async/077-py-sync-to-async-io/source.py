from pathlib import Path


def load_badge(guest_id):
    path = Path(f"badge-{guest_id}.txt")
    if not path.exists():
        return f"visitor {guest_id}"
    return path.read_text(encoding="utf-8").strip()


def label_for(badge):
    return f"badge text: {badge}"


def print_label(guest_id):
    badge = load_badge(guest_id)
    return label_for(badge)


if __name__ == "__main__":
    print(print_label(4))
