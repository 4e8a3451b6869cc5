using System.Text;

namespace Laurel.Standalone.Commands;

/// <summary>A window of fixed size on a stream, for readers that look at a whole record before they move on.</summary>
/// <param name="stream">The stream, which nobody else reads; it stays the caller's.</param>
/// <param name="position">Where in the stream the reading begins.</param>
internal sealed class RecordBuffer(Stream stream, long position = 0)
{
    /// <summary>The longest record, in bytes.</summary>
    public const int LongestRecord = 64 * 1024;

    private const int LongestExcerpt = 1000;

    private readonly byte[] _bytes = new byte[4 * LongestRecord];
    private int _start;
    private int _end;

    /// <summary>Where in the stream <see cref="Waiting"/> begins.</summary>
    public long Position { get; private set; } = position;

    /// <summary>Whether nothing follows <see cref="Waiting"/>.</summary>
    public bool Ended { get; private set; }

    /// <summary>What was read and not passed yet; good until <see cref="FillAsync"/>.</summary>
    public ReadOnlyMemory<byte> Waiting => _bytes.AsMemory(_start, _end - _start);

    /// <summary>Passes some of what waits.</summary>
    public void Advance(int count)
    {
        _start += count;
        Position += count;
    }

    /// <summary>Reads more behind what waits, of which there must be less than <see cref="LongestRecord"/>.</summary>
    public async ValueTask FillAsync(CancellationToken cancellation)
    {
        _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
        _end -= _start;
        _start = 0;
        var count = await stream.ReadAsync(_bytes.AsMemory(_end), cancellation);
        Ended = count == 0;
        _end += count;
    }

    /// <summary>Passes the rest of a line that is not needed, its end included, however long it is.</summary>
    public async ValueTask PassLineAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var end = Waiting.Span.IndexOf((byte)'\n');
            Advance(end < 0 ? Waiting.Length : end + 1);
            if (end >= 0 || Ended)
                return;
            await FillAsync(cancellation);
        }
    }

    /// <summary>The beginning of a text for people to recognize it by; bytes that are no UTF-8 are replaced.</summary>
    public static string Excerpt(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\n');
        var line = (end < 0 ? text : text[..end]).TrimEnd((byte)'\r');
        return Encoding.UTF8.GetString(line[..Math.Min(line.Length, LongestExcerpt)]);
    }
}
