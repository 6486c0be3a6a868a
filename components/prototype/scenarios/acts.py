"""Doing what a step says, in a world."""

from __future__ import annotations

import flet as ft

from . import hands
from .model import (
    Act,
    AskAge,
    GoTo,
    LetTimePass,
    LogIn,
    Office,
    PickUp,
    Press,
    Publish,
    Reopen,
    SetNetwork,
    SystemWill,
    Watch,
    WorkOutTheSum,
    Write,
)
from .world import World

_SUM = "guardian.result"


async def perform(world: World, act: Act) -> None:
    """Do it. What it leads to may come later.

    Raises:
        NotOnScreen: What is to be pressed or typed into never came up.
        LookupError: The app is not open.
        httpx.HTTPError: The endpoint would not take an officer's step.
    """
    match act:
        case Watch():
            pass
        case Press(control):
            await hands.press(_page(world), control)
        case Write(control, text):
            await hands.write(_page(world), control, text)
        case WorkOutTheSum():
            first, second = await hands.read_sum(_page(world), _SUM)
            await hands.write(_page(world), _SUM, str(first * second))
        case GoTo(tab):
            await hands.go_to(_page(world), int(tab))
        case LetTimePass(by):
            world.let_time_pass(by)
        case SetNetwork(condition):
            world.set_network(condition)
        case SystemWill(permission, answer):
            world.system_will(permission, answer)
        case Publish(change):
            await world.publish(change)
        case Reopen():
            await world.reopen_app()
        case PickUp(device):
            await world.pick_up(device)
        case LogIn():
            await world.log_in()
        case AskAge():
            world.ask_age()
        case Office(step):
            await world.office(step)


def _page(world: World) -> ft.Page:
    if world.page is None or world.visit is None:
        raise LookupError("the app is not open")
    return world.page
