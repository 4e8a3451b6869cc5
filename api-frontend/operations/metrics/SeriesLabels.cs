using System.Globalization;
using System.Text;

namespace Laurel.ApiFrontend;

/// <summary>
/// The labels of one series: the tags of a measurement, compared tag by tag, so that finding a known series allocates nothing.
/// </summary>
internal sealed class SeriesLabels
{
    private readonly KeyValuePair<string, object?>[] _tags;

    /// <summary>Copies the tags.</summary>
    public SeriesLabels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        _tags = tags.ToArray();
        Text = Format(tags);
    }

    /// <summary><c>name="value",…</c> with values escaped; empty without tags.</summary>
    public string Text { get; }

    /// <summary>Whether these are the same tags in the same order.</summary>
    public bool Match(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length != _tags.Length)
            return false;
        for (var i = 0; i < tags.Length; i++)
        {
            if (!ReferenceEquals(tags[i].Value, _tags[i].Value) && !Equals(tags[i].Value, _tags[i].Value))
                return false;
            if (tags[i].Key != _tags[i].Key)
                return false;
        }

        return true;
    }

    private static string Format(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            text.Append(text.Length == 0 ? "" : ",").Append(MetricNames.Sanitize(name)).Append("=\"");
            foreach (var character in Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")
            {
                _ = character switch
                {
                    '\\' => text.Append("\\\\"),
                    '"' => text.Append("\\\""),
                    '\n' => text.Append("\\n"),
                    _ => text.Append(character),
                };
            }

            text.Append('"');
        }

        return text.ToString();
    }
}
