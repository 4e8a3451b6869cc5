using System.Text;

namespace Laurel.Ranking.Tests;

/// <summary>An event as a dictionary of paths: double, bool, string, or an object that is none of them.</summary>
internal sealed class DictionaryEvent(PathTable paths, IReadOnlyDictionary<string, object> values) : IEventAttributes
{
    public AttributeKind Get(int path, out double number)
    {
        number = 0;
        switch (values.GetValueOrDefault(paths.Paths[path]))
        {
            case null:
                return AttributeKind.Missing;
            case double value:
                number = value;
                return AttributeKind.Number;
            case bool truth:
                number = truth ? 1 : 0;
                return AttributeKind.Boolean;
            case string:
                return AttributeKind.Text;
            default:
                return AttributeKind.Other;
        }
    }

    public ReadOnlySpan<byte> TextOf(int path) => Encoding.UTF8.GetBytes((string)values[paths.Paths[path]]);
}
