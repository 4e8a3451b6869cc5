namespace Laurel.Grains.Tests.Support;

/// <summary>How badly a <see cref="MisbehavingPort"/> behaves: each number is the chance, 0 to 1, that an attempt of a call meets it.</summary>
public sealed record Mischief
{
    /// <summary>Every message goes through the wire format, and nothing else happens.</summary>
    public static readonly Mischief None = new();

    /// <summary>What every journey must stand.</summary>
    public static readonly Mischief Usual = new() { Delay = 0.3, LostReply = 0.05, Repeat = 0.08, Kill = 0.03, Duplicate = 0.03 };

    /// <summary>Much of everything.</summary>
    public static readonly Mischief Wild = new() { Delay = 0.6, LostReply = 0.15, Repeat = 0.2, Kill = 0.12, Duplicate = 0.12 };

    /// <summary>Messages overtake each other.</summary>
    public double Delay { get; init; }

    /// <summary>The grain does its work, and the caller's port sends the same request again.</summary>
    public double LostReply { get; init; }

    /// <summary>The grain gets the same request twice, at the same time or one after the other.</summary>
    public double Repeat { get; init; }

    /// <summary>The activation vanishes with the call under way: its memory is lost, it is not unloaded, its turns stop.</summary>
    public double Kill { get; init; }

    /// <summary>The key gets a second activation, and for some calls more either of the two is called.</summary>
    public double Duplicate { get; init; }

    /// <summary>The same without lost memory and second activations, for grains that promise nothing beyond one activation's life.</summary>
    public Mischief WithoutLosses => this with { Kill = 0, Duplicate = 0 };
}
