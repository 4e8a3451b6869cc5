using System.Buffers;
using System.IO.Pipelines;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>
/// Reads lines from a stream without end, holding one at a time. Lines end in <c>\n</c> or <c>\r\n</c>, the last one perhaps with the
/// stream; a line longer than allowed is passed over without being held.
/// </summary>
/// <param name="reader">The stream, which nobody else reads meanwhile.</param>
/// <param name="longest">The longest line in bytes.</param>
internal sealed class LineReader(PipeReader reader, int longest) : IDisposable
{
    private ReadOnlySequence<byte> _waiting;
    private bool _holding;
    private bool _ended;

    /// <summary>The present line's number, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The present line without its end, good until the next one is asked for; empty when it is <see cref="TooLong"/>.</summary>
    public ReadOnlySequence<byte> Line { get; private set; }

    /// <summary>Whether the present line is longer than allowed.</summary>
    public bool TooLong { get; private set; }

    /// <summary>Goes to the next line; false after the last.</summary>
    public async ValueTask<bool> MoveNextAsync(CancellationToken cancellation)
    {
        Number++;
        TooLong = false;
        while (true)
        {
            if (_waiting.PositionOf((byte)'\n') is { } end)
            {
                Take(_waiting.Slice(0, end), _waiting.GetPosition(1, end));
                return true;
            }

            if (_ended)
            {
                var last = !_waiting.IsEmpty || TooLong;
                Take(_waiting, _waiting.End);
                return last;
            }

            if (_waiting.Length > longest)
            {
                TooLong = true;
                _waiting = _waiting.Slice(_waiting.End);
            }

            await ReadMoreAsync(cancellation);
        }
    }

    /// <summary>Gives back what was not read.</summary>
    public void Dispose()
    {
        if (_holding)
            reader.AdvanceTo(_waiting.Start);
        _holding = false;
    }

    private void Take(ReadOnlySequence<byte> line, SequencePosition next)
    {
        TooLong |= line.Length > longest;
        _waiting = _waiting.Slice(next);
        if (!line.IsEmpty && line.Slice(line.Length - 1).FirstSpan[0] == '\r')
            line = line.Slice(0, line.Length - 1);
        Line = TooLong ? default : line;
    }

    private async ValueTask ReadMoreAsync(CancellationToken cancellation)
    {
        if (_holding)
            reader.AdvanceTo(_waiting.Start, _waiting.End);
        _holding = false;
        var part = await reader.ReadAsync(cancellation);
        _waiting = part.Buffer;
        _ended = part.IsCompleted;
        _holding = true;
    }
}
