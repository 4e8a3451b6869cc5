namespace Laurel.Grains.Tests.Support;

/// <summary>What one attempt of a call meets.</summary>
internal readonly record struct Plan
{
    /// <summary>How often it steps back before it is delivered.</summary>
    public int Yields { get; private init; }

    public bool LosesReply { get; private init; }

    public bool Repeats { get; private init; }

    public int RepeatYields { get; private init; }

    public bool SecondReplyWins { get; private init; }

    public bool Kills { get; private init; }

    public int KillYields { get; private init; }

    public bool Duplicates { get; private init; }

    /// <summary>For the older of two activations.</summary>
    public int CallsLeft { get; private init; }

    /// <summary>Goes to the older one when there are two.</summary>
    public bool PrefersOld { get; private init; }

    /// <summary>Draws the same number of numbers whatever comes out, so that one chance changed leaves the others as they were.</summary>
    public static Plan Draw(Random random, Mischief mischief)
    {
        var yields = random.Next(1, 40);
        var delayed = random.NextDouble() < mischief.Delay;
        return new Plan
        {
            Yields = delayed ? yields : 0,
            LosesReply = random.NextDouble() < mischief.LostReply,
            Repeats = random.NextDouble() < mischief.Repeat,
            RepeatYields = random.Next(0, 20),
            SecondReplyWins = random.Next(2) == 1,
            Kills = random.NextDouble() < mischief.Kill,
            KillYields = random.Next(0, 30),
            Duplicates = random.NextDouble() < mischief.Duplicate,
            CallsLeft = random.Next(1, 12),
            PrefersOld = random.Next(2) == 1,
        };
    }
}
