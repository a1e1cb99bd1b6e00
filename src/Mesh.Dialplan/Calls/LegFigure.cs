namespace Mesh.Dialplan.Calls;

/// <summary>Where one leg of a fork stands.</summary>
public enum LegState : byte
{
    /// <summary>Sent; nothing heard.</summary>
    Started,
    /// <summary>The path works.</summary>
    Trying,
    Ringing,
    /// <summary>Its audio can be heard before the answer.</summary>
    EarlyMedia,
    Answered,
    Over,
}

/// <summary>What a leg reports, and what time does to it.</summary>
public enum LegEvent : byte
{
    Trying,
    Ringing,
    EarlyMedia,
    Answered,
    Failed,
    Ended,
    Diverted,
    /// <summary>No sign of life within <see cref="MeshLawOptions.LifeMs"/>.</summary>
    Silent,
}

/// <summary>What the fork does about it.</summary>
public enum LegAct : byte
{
    Nothing,
    /// <summary>The caller hears ringback.</summary>
    Ring,
    /// <summary>The caller hears this leg, if it is the first.</summary>
    PassOn,
    /// <summary>It wins: only one leg of a fork ever does, for every other is over by then.</summary>
    Claim,
    /// <summary>It failed.</summary>
    Lose,
    /// <summary>It failed before any sign of life: perhaps only the path is dead.</summary>
    LoseUnheard,
    /// <summary>Its path is dead (R11).</summary>
    Strike,
    /// <summary>It sent us elsewhere.</summary>
    Divert,
    /// <summary>The conversation is over.</summary>
    HangUp,
    /// <summary>It answered after it had lost: it is told once more.</summary>
    EndAgain,
}

/// <summary>A leg's life as a fork sees it.</summary>
public static class LegFigure
{
    public static (LegState State, LegAct Act) Step(LegState state, LegEvent e) => (state, e) switch
    {
        (LegState.Started, LegEvent.Trying) => (LegState.Trying, LegAct.Nothing),
        (LegState.Started or LegState.Trying, LegEvent.Ringing) => (LegState.Ringing, LegAct.Ring),
        (LegState.Started or LegState.Trying or LegState.Ringing, LegEvent.EarlyMedia) => (LegState.EarlyMedia, LegAct.PassOn),
        (LegState.Started, LegEvent.Silent) => (LegState.Over, LegAct.Strike),
        (LegState.Started, LegEvent.Failed or LegEvent.Ended) => (LegState.Over, LegAct.LoseUnheard),
        (LegState.Answered, LegEvent.Failed or LegEvent.Ended) => (LegState.Over, LegAct.HangUp),
        (LegState.Answered, _) => (LegState.Answered, LegAct.Nothing),
        (LegState.Over, LegEvent.Answered) => (LegState.Over, LegAct.EndAgain),
        (LegState.Over, _) => (LegState.Over, LegAct.Nothing),
        (_, LegEvent.Answered) => (LegState.Answered, LegAct.Claim),
        (_, LegEvent.Failed or LegEvent.Ended) => (LegState.Over, LegAct.Lose),
        (_, LegEvent.Diverted) => (LegState.Over, LegAct.Divert),
        _ => (state, LegAct.Nothing),
    };
}
