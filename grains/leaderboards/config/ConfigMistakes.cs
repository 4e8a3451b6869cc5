using Laurel.GrainInterfaces;

namespace Laurel.Grains;

/// <summary>The mistakes found in a configuration so far.</summary>
public sealed class ConfigMistakes
{
    /// <summary>So many are named; those found after them are not, so that a hostile body cannot ask for an answer larger than itself.</summary>
    public const int Most = 100;

    private const int LongestName = 64;

    private readonly List<Mistake> _found = [];

    /// <summary>The mistakes in the order they were found.</summary>
    public IReadOnlyList<Mistake> Found => _found;

    /// <summary>Notes a mistake.</summary>
    internal void Add(string path, string message)
    {
        if (_found.Count < Most)
            _found.Add(new(path, message));
    }

    /// <summary>Whether a mistake was noted for exactly this place.</summary>
    internal bool Has(string path) => _found.Exists(mistake => mistake.Path == path);

    /// <summary>A name from the caller as it may stand in a path or message: long ones are cut.</summary>
    internal static string Shown(string name) => name.Length <= LongestName ? name : string.Concat(name.AsSpan(0, LongestName), "…");
}
