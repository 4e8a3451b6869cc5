namespace Laurel.Journeys.Tests.Commands;

/// <summary>A stream that gives a few bytes at a time, so that everything is cut everywhere.</summary>
internal sealed class TricklingStream(byte[] bytes, Random random, int most) : MemoryStream(bytes)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(buffer.Length, random.Next(1, most + 1))], cancellationToken);
}
