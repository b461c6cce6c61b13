"""What forums print beside posts: numbers, ranks, votes, profiles."""

from __future__ import annotations

import cleaner

POSTS = (
    "The pump runs for two seconds every ten minutes, though no tap is open anywhere on board.",
    "That is the pressure falling, so look for a weep at the calorifier before you buy a pump.",
    "It was the relief valve in the end, and a new one from the chandler cost eleven pounds.",
)
PROFILES = (
    ("Osprey Dan", "Member", "Joined", "3 Mar 2021", "Messages", "88", "Share", "#1"),
    ("Kestrel", "Moderator", "Joined", "19 Jan 2012", "Messages", "6,402", "Share", "#2"),
    ("Osprey Dan", "Member", "Messages", "89", "Share", "#3"),
)


def thread(*above: str) -> list[str]:
    lines = ["Water pump cycles every ten minutes, no leak that I can find", "", *above]
    for profile, post in zip(PROFILES, POSTS, strict=True):
        lines += [*profile, "", post, "", "7", "Reply", ""]
    return cleaner.clean("\n".join(lines)).split("\n")


def test_profiles_and_numbers_of_posts_go_and_names_and_posts_stay() -> None:
    kept = thread()
    assert {"Osprey Dan", "Kestrel", *POSTS} <= set(kept)
    gone = {word for profile in PROFILES for word in profile} - {"Osprey Dan", "Kestrel"}
    assert gone.isdisjoint(kept)


def test_who_began_a_thread_stays_between_its_labels() -> None:
    assert "Heron" in thread("Thread starter", "Heron", "Start date", "14 Oct 2023", "")


def test_the_fields_of_one_kind_make_no_forum() -> None:
    places = [f"Location: Pier {n}" for n in (3, 5, 7, 9, 11)]
    page = "\n\n".join(part for pair in zip(places, POSTS * 2, strict=False) for part in pair)
    assert cleaner.clean(page) == page


def test_numbers_of_a_list_stay_where_no_member_is_described() -> None:
    page = "\n\n".join(f"#{n}\n\n{post}" for n, post in enumerate(POSTS, 1))
    assert cleaner.clean(page) == page
