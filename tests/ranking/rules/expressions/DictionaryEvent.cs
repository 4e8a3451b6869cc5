using System.Text;

namespace Laurel.Ranking.Tests;

/// <summary>An event as a dictionary of paths: double, bool, string, or an object that is none of them.</summary>
internal sealed class DictionaryEvent(PathTable paths, IReadOnlyDictionary<string, object> values) : IEventAttributes
{
    public AttributeValue Get(int path) => !values.TryGetValue(paths.Paths[path], out var value) ? default : value switch
    {
        double number => AttributeValue.Of(number),
        bool truth => AttributeValue.Of(truth),
        string text => AttributeValue.Of(Encoding.UTF8.GetBytes(text)),
        _ => AttributeValue.Other,
    };
}
