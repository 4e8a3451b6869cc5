using System.Text.Json;

namespace Laurel.Bench.Macro;

/// <summary>Reads a submission's scores from a flat buffer, one by one, as lean as it gets. Knows well-formed bodies alone.</summary>
internal ref struct SubmissionReader
{
    private Utf8JsonReader _json;

    /// <param name="body">The whole body.</param>
    public SubmissionReader(ReadOnlySpan<byte> body)
    {
        _json = new Utf8JsonReader(body);
        while (_json.Read() && _json.TokenType != JsonTokenType.StartArray)
        {
        }
    }

    /// <summary>Of the present score; in place.</summary>
    public ReadOnlySpan<byte> UserId { get; private set; }

    /// <summary>The present score as it was written; in place.</summary>
    public ReadOnlySpan<byte> ScoreText { get; private set; }

    /// <summary>The present score.</summary>
    public double Score { get; private set; }

    /// <summary>When it was achieved.</summary>
    public DateTimeOffset Timestamp { get; private set; }

    /// <summary>Goes to the next score; false after the last.</summary>
    /// <exception cref="JsonException">The body is no submission.</exception>
    public bool MoveNext()
    {
        if (!_json.Read() || _json.TokenType != JsonTokenType.StartObject)
            return false;

        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (_json.ValueTextEquals("userId"u8))
            {
                _json.Read();
                UserId = _json.ValueSpan;
            }
            else if (_json.ValueTextEquals("score"u8))
            {
                _json.Read();
                ScoreText = _json.ValueSpan;
                Score = _json.GetDouble();
            }
            else if (_json.ValueTextEquals("timestamp"u8))
            {
                _json.Read();
                Timestamp = _json.GetDateTimeOffset();
            }
            else
            {
                _json.Skip();
            }
        }

        return true;
    }
}
