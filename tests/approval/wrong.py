"""Recipients that no mail may go to as they stand, and what is said of each."""


def wrong(count: int = 200) -> tuple[tuple[str, str], ...]:
    """No address, a smuggled header, so many of them, and one outside the customer's domain."""
    return (
        ("Ms Okafor", "is no e-mail address"),
        ("okafor@marrow.example\x0bBcc:x@else.example", "is no e-mail address"),
        (", ".join(f"p{n}@m.ex" for n in range(count)), f"{count} addresses are more than 20"),
        ("okafor@marrow.example, grace@other.example", "does not belong to this customer"),
    )
