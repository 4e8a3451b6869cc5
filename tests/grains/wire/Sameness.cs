using System.Collections;
using System.Text.Json;
using Laurel.GrainInterfaces;

namespace Laurel.Grains.Tests.WireFormat;

/// <summary>Compares records member by member, doubles bit by bit, JSON by its text.</summary>
internal static class Sameness
{
    /// <summary>Fails the test where the two differ, naming the member.</summary>
    public static void Require(object? expected, object? actual, string path)
    {
        if (expected is null || actual is null)
        {
            Assert.True(expected is null && actual is null, $"{path}: one is null.");
            return;
        }

        switch (expected)
        {
            case double number:
                Assert.True(BitConverter.DoubleToInt64Bits(number) == BitConverter.DoubleToInt64Bits((double)actual), $"{path}: {number:R} became {actual:R}.");
                return;
            case JsonElement json:
                Assert.True(JsonElement.DeepEquals(json, (JsonElement)actual), $"{path}: {json} became {actual}.");
                return;
            case string or ValueType when expected.GetType().Namespace != typeof(IGrain).Namespace || expected is Enum:
                Assert.True(expected.Equals(actual), $"{path}: {expected} became {actual}.");
                return;
            case IDictionary dictionary:
                RequireAll(dictionary.Keys.Cast<string>().Order(), ((IDictionary)actual).Keys.Cast<string>().Order(), path);
                foreach (string key in dictionary.Keys)
                    Require(dictionary[key], ((IDictionary)actual)[key], $"{path}[{key}]");
                return;
            case IEnumerable list:
                RequireAll(list, (IEnumerable)actual, path);
                return;
        }

        foreach (var property in Contract.PropertiesOf(expected.GetType()))
            Require(property.GetValue(expected), property.GetValue(actual), $"{path}.{property.Name}");
    }

    private static void RequireAll(IEnumerable expected, IEnumerable actual, string path)
    {
        object?[] left = [.. expected];
        object?[] right = [.. actual];
        Assert.True(left.Length == right.Length, $"{path}: {left.Length} items became {right.Length}.");
        for (var i = 0; i < left.Length; i++)
            Require(left[i], right[i], $"{path}[{i}]");
    }
}
