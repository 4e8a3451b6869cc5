namespace Laurel.GrainInterfaces;

/// <summary>What an event has at a path, without a reference to the event: it can be kept as long as the event lies where it does.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Bits">As <see cref="EventFormat"/> has it.</param>
public readonly record struct EventValue(EventValueKind Kind, long Bits)
{
    /// <summary>Of a number; 1 or 0 of a boolean.</summary>
    public double Number => BitConverter.Int64BitsToDouble(Bits);

    internal int TextStart => (int)Bits;

    internal int TextLength => (int)(Bits >> 32);

    internal static EventValue Text(int start, int length) => new(EventValueKind.Text, (uint)start | ((long)length << 32));
}
