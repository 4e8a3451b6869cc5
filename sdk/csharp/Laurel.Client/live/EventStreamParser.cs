using System.Text;

namespace Laurel.Client;

/// <summary>
/// Turns the bytes of an event stream (<c>text/event-stream</c>) into messages, however they are cut. Comments become
/// <see cref="LiveMessage.Sign"/>. Holds one event, of at most four million characters.
/// </summary>
public sealed class EventStreamParser
{
    private const int LongestEvent = 4_000_000;

    private readonly Decoder _decoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetDecoder();
    private readonly StringBuilder _line = new();
    private readonly StringBuilder _data = new();
    private char[] _characters = new char[4096];
    private string? _id;

    /// <summary>Takes the next bytes in.</summary>
    /// <param name="bytes">They begin at the array's beginning.</param>
    /// <param name="count">How many.</param>
    /// <returns>The messages that end in them.</returns>
    /// <exception cref="LaurelTransportException">An event is too long for one of Laurel's.</exception>
    public IReadOnlyList<LiveMessage> Push(byte[] bytes, int count)
    {
        if (_characters.Length < count + 1)
            _characters = new char[count + 1];
        var length = _decoder.GetChars(bytes, 0, count, _characters, 0);
        List<LiveMessage> messages = [];
        for (var i = 0; i < length; i++)
        {
            if (_characters[i] == '\n')
                EndLine(messages);
            else if (_characters[i] != '\r')
                _line.Append(_characters[i]);
        }

        return _line.Length + _data.Length <= LongestEvent ? messages : throw new LaurelTransportException("The stream is none of a Laurel server's.");
    }

    private void EndLine(List<LiveMessage> messages)
    {
        var line = _line.ToString();
        _line.Clear();
        if (line.Length == 0)
        {
            if (_data.Length > 0)
                messages.Add(new LiveMessage(_data.ToString(), _id));
            _data.Clear();
        }
        else if (line[0] == ':')
        {
            messages.Add(LiveMessage.Sign);
        }
        else if (TryRead(line, "data", out var data))
        {
            if (_data.Length > 0)
                _data.Append('\n');
            _data.Append(data);
        }
        else if (TryRead(line, "id", out var id))
        {
            _id = id;
        }
    }

    private static bool TryRead(string line, string field, out string value)
    {
        value = "";
        if (!line.StartsWith(field + ":", StringComparison.Ordinal))
            return false;
        var start = field.Length + 1;
        value = line.Substring(start < line.Length && line[start] == ' ' ? start + 1 : start);
        return true;
    }
}
